"use strict";
// Loaded before the command: it then meets a Node.js of 2022.
Object.defineProperty(process.versions, "node", { value: "18.12.1" });
