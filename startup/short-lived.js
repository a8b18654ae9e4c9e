"use strict";
// A preview's processes live for a second or two, and V8 before version 12 (Node before 22) spends a third of that on
// optimizing code that will hardly run again. It waits longer here before it optimizes: fifteen times its default of
// 67,584 units of executed bytecode, which the loops of a large estate still reach. Later versions have a cheap compiler
// in between, and another flag.
if (Number(process.versions.node.split(".")[0]) < 22) {
    require("v8").setFlagsFromString("--interrupt-budget=1000000");
}
