import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";

const hook = new pulumi.ResourceHook(
    "fails",
    () => {
        throw new Error("it can't be done");
    },
    { onDryRun: true },
);
new RandomPet("never", {}, { hooks: { beforeCreate: [hook] } });
