export { audit, cliDeed, type Deed } from './audit';
export {
  bearerOf,
  noteUse,
  recogniseSession,
  recogniseToken,
  stillRecognised,
  type Bearer,
  type Recognised,
} from './bearer';
export { sameText } from './secret';
export { endSession, openSession, sessionSeconds } from './sessions';
export {
  accountNamed,
  createToken,
  insertToken,
  keptBy,
  revokeToken,
  rotateToken,
  type MadeToken,
  type TokenKeeper,
} from './tokens';
