import { readFileSync } from 'node:fs';

interface Image {
  readonly user: string | undefined;
  readonly workdir: string | undefined;
  readonly command: unknown;
  /** What is copied from the build, and where. */
  readonly copied: string | undefined;
}

/** A Dockerfile's build stage as text, and the images that come of the others. */
export function readDockerfile(path: string): { build: string; images: Image[] } {
  const [, build = '', ...stages] = readFileSync(path, 'utf8').split(/^FROM /m);
  const images = stages.map((stage) => {
    const of = (instruction: string) => new RegExp(`^${instruction} (.*)$`, 'm').exec(stage)?.[1];
    return {
      user: of('USER'),
      workdir: of('WORKDIR'),
      command: JSON.parse(of('CMD') ?? 'null') as unknown,
      copied: of('COPY --from=build'),
    };
  });
  return { build, images };
}
