import { type Receiver, startReceiver } from './receiver';
import { TracePrinter } from './trace-printer';

/** Takes traces and prints each as a tree once it has finished; closing prints what is left. */
export async function printTraces(print: (text: string) => void): Promise<Receiver> {
  const printer = new TracePrinter({ print });
  const receiver = await startReceiver((spans) => printer.add(spans));
  return {
    url: receiver.url,
    close: async () => {
      await receiver.close();
      printer.flush();
    },
  };
}
