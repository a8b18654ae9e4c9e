import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { RandomPet } from "@pulumi/random/randomPet";

class Box extends pulumi.ComponentResource {
    readonly password: pulumi.Output<string>;

    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("try:index:Box", name, {}, opts);
        const pet = new RandomPet(`${name}-pet`, { length: 3 }, { parent: this, protect: true });
        this.password = new RandomPassword(`${name}-pw`, { length: 12, keepers: { pet: pet.id } }, { parent: this }).result;
        this.registerOutputs({ password: this.password });
    }
}
export const password = new Box("box").password;
export const stack = pulumi.getStack();
