import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random/randomPet";

export class Leaf extends pulumi.ComponentResource {
    readonly pet: RandomPet;

    constructor(name: string, args: { words: number }, opts?: pulumi.ComponentResourceOptions) {
        super("held:index:Leaf", name, args, opts);
        this.pet = new RandomPet(`${name}-pet`, { length: args.words }, { parent: this });
        this.registerOutputs({ pet: this.pet.id });
    }
}

export class Tree extends pulumi.ComponentResource {
    readonly leaves: readonly Leaf[];

    constructor(name: string, sizes: readonly number[], opts?: pulumi.ComponentResourceOptions) {
        super("held:index:Tree", name, {}, opts);
        this.leaves = sizes.map((words) => new Leaf(`${name}-${String(words)}`, { words }, { parent: this }));
        this.registerOutputs();
    }
}
