-- What the two MySQL users of Sorting Office may do: office_migrate may alter the schema, office may not. This file is the whole of it.
--
-- Run it as an administrator when both users exist (CREATE USER), before the first `worker migrate`, and again before upgrading to a
-- release whose file differs: it adds what is new, takes away what is no more, and interrupts nobody. MySQL 8.0 and newer, MariaDB
-- 10.6 and newer.
--
-- Each table is granted whole, and what is too much is taken back at once: MySQL refuses to revoke what was not granted. CREATE is among
-- it because servers let who has that be granted a table that does not exist yet.

GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON office.* TO 'office_migrate'@'%';

-- Who may come in, and what they did: an entry is written once and never changed.
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.accounts TO 'office'@'%';
REVOKE CREATE, UPDATE, DELETE ON office.accounts FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.tokens TO 'office'@'%';
REVOKE CREATE, DELETE ON office.tokens FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.sessions TO 'office'@'%';
REVOKE CREATE ON office.sessions FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.audit_log TO 'office'@'%';
REVOKE CREATE, UPDATE, DELETE ON office.audit_log FROM 'office'@'%';

-- Tasks. What has ended long ago is deleted by workers.
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.tasks TO 'office'@'%';
REVOKE CREATE ON office.tasks FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.task_attempts TO 'office'@'%';
REVOKE CREATE, UPDATE ON office.task_attempts FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.batches TO 'office'@'%';
REVOKE CREATE ON office.batches FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.rate_limits TO 'office'@'%';
REVOKE CREATE, DELETE ON office.rate_limits FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.schedules TO 'office'@'%';
REVOKE CREATE ON office.schedules FROM 'office'@'%';

-- Mailboxes and what is in them.
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.mailboxes TO 'office'@'%';
REVOKE CREATE, DELETE ON office.mailboxes FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.correspondents TO 'office'@'%';
REVOKE CREATE, UPDATE, DELETE ON office.correspondents FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.mails TO 'office'@'%';
REVOKE CREATE, DELETE ON office.mails FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.mail_texts TO 'office'@'%';
REVOKE CREATE, UPDATE, DELETE ON office.mail_texts FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.mail_index TO 'office'@'%';
REVOKE CREATE ON office.mail_index FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.verdicts TO 'office'@'%';
REVOKE CREATE, UPDATE, DELETE ON office.verdicts FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.actions TO 'office'@'%';
REVOKE CREATE, DELETE ON office.actions FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.people TO 'office'@'%';
REVOKE CREATE, DELETE ON office.people FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.person_keys TO 'office'@'%';
REVOKE CREATE, DELETE ON office.person_keys FROM 'office'@'%';

-- Searches.
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.searches TO 'office'@'%';
REVOKE CREATE ON office.searches FROM 'office'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.recordings TO 'office'@'%';
REVOKE CREATE, UPDATE ON office.recordings FROM 'office'@'%';

-- Which migrations were applied is for the schema gate to read, and for `worker migrate` alone to write.
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON office.knex_migrations TO 'office'@'%';
REVOKE CREATE, INSERT, UPDATE, DELETE ON office.knex_migrations FROM 'office'@'%';

-- Earlier releases granted the whole database, and a server refuses to revoke what nobody has.
GRANT SELECT ON office.* TO 'office'@'%';
REVOKE ALL PRIVILEGES ON office.* FROM 'office'@'%';
