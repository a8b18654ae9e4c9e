import { PolicyPack } from "@pulumi/policy";
import { Config, RunError } from "@pulumi/pulumi";
import { ExemptionBook } from "./exemptions/book";
import { readExemptions } from "./exemptions/read";
import { readFacts } from "./facts";
import { policies, rules } from "./pack";

/** The day that decides which exemptions have ended: the offline preview names one, the engine leaves it to the clock. */
const today = process.env["STRONGROOM_TODAY"] ?? new Date().toISOString().slice(0, "YYYY-MM-DD".length);

// Constructing the pack starts its server, which tells its port on stdout: nothing else may write there.
const config = new Config("strongroom");
const { exemptions, problems } = readExemptions(config.get("exemptions"), rules);
const { facts, mistakes } = readFacts((key) => config.get(key), problems);
if (facts === undefined) throw new RunError(mistakes);
const book = new ExemptionBook(exemptions, today);
new PolicyPack("strongroom-policies", { enforcementLevel: "mandatory", policies: policies(facts, book) });
