export { AuthoritiesError, readAuthorities } from './authorities';
export { checkDatabase, databaseConfig, databaseServer, type DatabaseConfig } from './database-config';
export { hostOf, isLoopback } from './loopback';
export { DatabaseTlsError, type DatabaseServer, type TlsMode } from './tls';
