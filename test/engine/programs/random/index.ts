import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/random/provider";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { RandomPet } from "@pulumi/random/randomPet";
import { Leaf, Tree } from "./components";

/** What programs do with options, in small: what is inherited, what is transformed, hooked, secret, unknown. */
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
    keepers: { list: pulumi.secret("x"), token: config.requireSecret("token") },
});
new RandomPet(
    "options",
    { length: 2 },
    {
        deleteBeforeReplace: true,
        ignoreChanges: ["length"],
        replaceOnChanges: ["prefix"],
        customTimeouts: { create: "5m", update: "1h30m", delete: "90s" },
        retainOnDelete: true,
        deletedWith: plain,
        additionalSecretOutputs: ["separator"],
        hideDiffs: ["prefix"],
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

// What a resource was called before: under another parent, of another type, as a URN, or with a parent that moved.
new RandomPet(
    "moved",
    {},
    {
        aliases: [
            { name: "first", parent: tree },
            { type: "old:index:Pet" },
            { parent: pulumi.rootStackResource },
        ],
    },
);
new RandomPet("was", {}, { aliases: ["urn:pulumi:dev::held::random:index/randomPet:RandomPet::given"] });
new Leaf("renamed", { words: 3 }, { aliases: [{ name: "earlier" }] });

// Options from a component come to its children, unless they say otherwise.
new Leaf("kept", { words: 3 }, { retainOnDelete: true, deletedWith: plain, provider: explicit });
new RandomPet("open", { length: 1 }, { parent: tree, protect: false });
new RandomPet("versioned", {}, { version: "4.21.2" });
new RandomPet(
    "after",
    { prefix: pulumi.interpolate`${first?.id ?? ""}-x` },
    { dependsOn: [plain], deleteBeforeReplace: false },
);

// A hook that runs in a preview, and one that does not.
const told = new pulumi.ResourceHook(
    "told",
    ({ name, newInputs }) => pulumi.log.info(`hook of ${name}: ${JSON.stringify(newInputs)}`),
    { onDryRun: true },
);
const later = new pulumi.ResourceHook("later", () => {
    throw new Error("must not run in a preview");
});
new RandomPet("hooked", { length: 4 }, { hooks: { beforeCreate: [told, later], afterDelete: [later] } });

const other = new pulumi.StackReference("other", { name: "organization/held/other" });
new RandomPet("refers", { prefix: other.name, keepers: { name: other.name } });

export const elsewhere = other.getOutput("url");
export const greeting = config.require("greeting");
export const result = plain.result;
export const names = { first: first?.id, list: [plain.id, "known"], secret: pulumi.secret("hidden") };
export const resource = plain;
export const absent = undefined;
export const pet = new RandomPet("of-outputs");
