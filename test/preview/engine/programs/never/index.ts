import { RandomPet } from "@pulumi/random/randomPet";

new RandomPet("waits", { prefix: new Promise<string>(() => undefined) });
