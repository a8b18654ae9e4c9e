import { PolicyPack } from "@pulumi/policy";
import { Config, RunError } from "@pulumi/pulumi";
import { readFacts } from "./facts";
import { policies } from "./pack";

// Constructing the pack starts its server, which tells its port on stdout: nothing else may write there.
const config = new Config("strongroom");
const { facts, mistakes } = readFacts((key) => config.get(key));
if (facts === undefined) throw new RunError(mistakes);
new PolicyPack("strongroom-policies", { enforcementLevel: "mandatory", policies: policies(facts) });
