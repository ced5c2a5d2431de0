export { advanceSchedule, putOffSchedule, type Advance } from './advance-schedule';
export { databaseNow } from './database-now';
export { takeDueSchedules, type DueSchedule } from './take-due-schedules';
