import { effectTask } from './effect-task';

export default effectTask('default');
