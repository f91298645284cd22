-- Who may log in is the launcher's matter; the application verifies passwords.
REVOKE INSERT, UPDATE, DELETE ON operator FROM ${role};
