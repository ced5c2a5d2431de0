export { reserveSlot, type SlotAnswer, type SlotRequest } from './reserve-slot';
