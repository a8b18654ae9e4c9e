import { PolicyPack } from "@pulumi/policy";
import { Config, RunError } from "@pulumi/pulumi";
import { isDay, today as now } from "../components/domain/rotation/day";
import { ExemptionBook } from "./exemptions/book";
import { readExemptions } from "./exemptions/read";
import { readFacts } from "./facts";
import { policies, rules } from "./pack";

/** The day that decides which exemptions have ended: the offline preview names one, the engine leaves it to the clock. */
const named = process.env["STRONGROOM_TODAY"];
const today = named !== undefined && isDay(named) ? named : now();

// Constructing the pack starts its server, which tells its port on stdout: nothing else may write there.
const config = new Config("strongroom");
const { exemptions, problems } = readExemptions(config.get("exemptions"), rules);
const { facts, mistakes } = readFacts((key) => config.get(key), problems);
if (facts === undefined) throw new RunError(mistakes);
const book = new ExemptionBook(exemptions, today);
new PolicyPack("strongroom-policies", { enforcementLevel: "mandatory", policies: policies(facts, book) });
