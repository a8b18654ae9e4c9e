import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/random/provider";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { RandomPet } from "@pulumi/random/randomPet";

/** What a program of this project does, in small: nested components, secrets, every option that is inherited. */
class Leaf extends pulumi.ComponentResource {
    readonly pet: RandomPet;

    constructor(name: string, args: { words: number }, opts?: pulumi.ComponentResourceOptions) {
        super("held:index:Leaf", name, args, opts);
        this.pet = new RandomPet(`${name}-pet`, { length: args.words }, { parent: this });
        this.registerOutputs({ pet: this.pet.id });
    }
}

class Tree extends pulumi.ComponentResource {
    readonly leaves: readonly Leaf[];

    constructor(name: string, sizes: readonly number[], opts?: pulumi.ComponentResourceOptions) {
        super("held:index:Tree", name, {}, opts);
        this.leaves = sizes.map((words) => new Leaf(`${name}-${String(words)}`, { words }, { parent: this }));
        this.registerOutputs();
    }
}

const config = new pulumi.Config();
const owner = config.require("owner");
const explicit = new Provider("explicit", {});
const tree = new Tree("tree", config.requireObject<number[]>("sizes"), {
    protect: true,
    providers: [explicit],
});
const plain = new RandomPassword("plain", { length: 20, special: false }, { aliases: [{ name: "simple" }] });
const first = tree.leaves[0]?.pet;

new RandomPet(
    "depends",
    { prefix: owner, keepers: { first: first?.id ?? "", secret: plain.result } },
    { dependsOn: tree },
);
new RandomPet("secret-input", {
    prefix: pulumi.secret("shown-to-nobody"),
    keepers: { list: pulumi.secret("x") },
});
new RandomPet(
    "options",
    { length: 2 },
    {
        deleteBeforeReplace: true,
        ignoreChanges: ["length"],
        replaceOnChanges: ["prefix"],
        customTimeouts: { create: "5m" },
        retainOnDelete: true,
        deletedWith: plain,
        additionalSecretOutputs: ["separator"],
        provider: explicit,
    },
);
new RandomPet(
    "transformed",
    { length: 2, keepers: { from: plain.id } },
    {
        transforms: [
            ({ props, opts }) => ({
                props: { ...props, prefix: "changed" },
                opts: { ...opts, protect: true },
            }),
        ],
    },
);
new Leaf(
    "outer",
    { words: 2 },
    { transforms: [({ props, opts }) => ({ props: { ...props, separator: "_" }, opts })] },
);

export const greeting = config.require("greeting");
export const result = plain.result;
