import fc from 'fast-check';

/** The short form finds what is broken, the long one what is rare. */
fc.configureGlobal({ numRuns: process.env.FLOWLOOM_LONG === '1' ? 5_000 : 200 });
