export { mailsCounted } from './count-mails';
export { findPeople } from './find-people';
export { recordPeople, type Correspondence } from './record-people';
