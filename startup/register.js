"use strict";
// Loaded by `node --require` before a program, the policy pack or the command line: TypeScript without a compiler
// at start-up, and an SDK without the parts that nothing here uses.
require("./short-lived.js");
require("./typescript.js");
require("./lazy-sdk.js");
