import { RandomPet } from "@pulumi/random/randomPet";

new RandomPet("pet");
