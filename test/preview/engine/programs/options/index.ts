import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/random/provider";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { RandomPet } from "@pulumi/random/randomPet";

class Box extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("try:index:Box", name, { size: 1 }, opts);
        new RandomPet(`${name}-pet`, { length: 3 }, { parent: this });
        this.registerOutputs({ ready: true });
    }
}

const explicit = new Provider("explicit", {});
new Box("protected", { protect: true, provider: explicit, retainOnDelete: true });
const password = new RandomPassword("password", { length: 12 });
new RandomPet("depends", { prefix: password.result, keepers: { canary: pulumi.secret("canary-5c1f") } });
new RandomPet("renamed", {}, { aliases: [{ name: "before" }], version: "1.2.3" });
new RandomPet(
    "changed",
    {},
    { transforms: [({ props, opts }) => ({ props: { ...props, prefix: "t" }, opts })] },
);
new RandomPet("secret", {
    prefix: pulumi.secret("canary-5c1f"),
    keepers: { canary: pulumi.secret("canary-5c1f"), open: "seen" },
});
export const id = explicit.urn;
