"use strict";
// The entry that Pulumi's runner of policy packs loads. The runner has by then registered ts-node with a full type
// check, eight seconds long; types are checked by the tests, so it is switched off and `.ts` files are taken as the
// program's are. There is no tsconfig.json in this folder, because the runner would load the compiler to read it.
process[Symbol.for("ts-node.register.instance")]?.enabled(false);
require("../startup/register.js");
require("./read-once.js");
require("./start.ts");
