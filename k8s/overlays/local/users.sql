-- Passwords that are no secrets. What both may do: k8s/components/server-users/grants.sql, which MySQL runs next.
CREATE USER 'office_migrate'@'%' IDENTIFIED BY 'office';
CREATE USER 'office'@'%' IDENTIFIED BY 'office';
