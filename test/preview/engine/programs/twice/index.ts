import { RandomPet } from "@pulumi/random/randomPet";

new RandomPet("one");
new RandomPet("one");
new RandomPet("two");
new RandomPet("two");
