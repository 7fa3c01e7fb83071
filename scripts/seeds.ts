/** Before each test file: on CI properties are tried with the same values every time, elsewhere with others; a title names the seed. */
import fc from 'fast-check';

if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });
