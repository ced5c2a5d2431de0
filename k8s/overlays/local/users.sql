-- Who migrates may alter the schema, who works may not.
CREATE USER 'office_migrate'@'%' IDENTIFIED BY 'office';
GRANT ALL ON office.* TO 'office_migrate'@'%';
CREATE USER 'office'@'%' IDENTIFIED BY 'office';
GRANT SELECT, INSERT, UPDATE, DELETE ON office.* TO 'office'@'%';
