import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";

const config = new pulumi.Config();
const failing = (): never => {
    throw new Error("it can't be done");
};

const FAILURES: Readonly<Record<string, () => unknown>> = {
    "run-error": () => {
        throw new pulumi.RunError("the configuration is wrong");
    },
    "type-error": () => (({}) as { inner: { size: number } }).inner.size,
    duplicate: () => [new RandomPet("one"), new RandomPet("one")],
    "missing-key": () => config.require("missing"),
    "wrong-number": () => config.requireNumber("count"),
    rejection: () => new RandomPet("one", { prefix: Promise.reject(new Error("it never came")) }),
    exit: () => process.exit(7),
    denied: () => new RandomPet("one"),
    "before-hook": () => {
        const hook = new pulumi.ResourceHook("checks", failing, { onDryRun: true });
        return new RandomPet("one", {}, { hooks: { beforeCreate: [hook] } });
    },
    "after-hook": () => {
        const hook = new pulumi.ResourceHook("checks", failing, { onDryRun: true });
        return new RandomPet("one", {}, { hooks: { afterCreate: [hook] } });
    },
    transform: () => new RandomPet("one", {}, { transforms: [failing] }),
};

FAILURES[pulumi.getStack()]?.();
