import { Provider } from "@pulumi/random/provider";
import * as pulumi from "@pulumi/pulumi";
import type { GeneratedForm } from "../../../../components/domain/catalogue";
import { drawValue } from "../../../../components/secrets/drawn-value";
import { declareStateMark } from "../../../../components/secrets/state-mark";
import type { Generations } from "../../../../components/domain/rotation/stages";

/** One drawn field, whose ledger is the configuration, in a stack of nothing else. */
const config = new pulumi.Config();
const generation = config.requireNumber("generation");
const startOver = config.get("startOver");
const generations: Generations = { current: { generation, since: "2026-09-01", reason: "schedule" } };
const stack = pulumi.getStack();
const state = { stack, place: "ledger.yaml", drawn: { "shop/db.password": generations }, startOver };
const provider = new Provider("random");
const mark = declareStateMark(stack, state, { provider });
const form = config.getObject<GeneratedForm>("form") ?? { form: "password" as const, lengthChars: 20 };
export const value = drawValue("shop/db.password", generation, form, { provider, dependsOn: mark });
