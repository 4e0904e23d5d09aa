/* Faulty: a fine library that exports no entry point. */
int fixture_exports_something_else(void);
int fixture_exports_something_else(void) { return 1; }
