import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";

const tell =
    (moment: string) =>
    ({ name, type, newInputs, newOutputs }: pulumi.ResourceHookArgs) =>
        pulumi.log.info(`${moment} ${type} ${name} ${JSON.stringify(newInputs)} ${typeof newOutputs}`);
const fail = (): never => {
    throw new Error("it can't be done");
};
const preview = { onDryRun: true };

const before = new pulumi.ResourceHook("before", tell("before"), preview);
const after = new pulumi.ResourceHook("after", tell("after"), preview);
const later = new pulumi.ResourceHook("later", fail);
const fails = new pulumi.ResourceHook("fails", fail, preview);

new RandomPet("told", { length: 4 }, { hooks: { beforeCreate: [before, later], afterCreate: [after] } });
new RandomPet("fails-after", {}, { hooks: { afterCreate: [fails] } });
