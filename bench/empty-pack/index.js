"use strict";
require("../../startup/register.js");
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("empty", { policies: [] });
