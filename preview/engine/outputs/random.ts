import type { PropertyMap } from "../values";
import type { Compute } from "./context";

/** Inputs of a drawn text, with the defaults that the provider takes: they are known before anything is drawn. */
function text(inputs: PropertyMap): PropertyMap {
    const numeric = inputs["numeric"] ?? inputs["number"] ?? true;
    const defaults = { lower: true, special: true, upper: true };
    const least = { minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0 };
    return { ...defaults, ...least, ...inputs, numeric, number: numeric };
}

/** What is drawn itself is never made up: it stays an unknown secret. */
export const random: Readonly<Record<string, Compute>> = {
    // Pulumi registry, random.RandomPassword, "Inputs": the default of each
    "random:index/randomPassword:RandomPassword": ({ inputs }) => text(inputs),
    // Pulumi registry, random.RandomString, "Inputs": the default of each
    "random:index/randomString:RandomString": ({ inputs }) => text(inputs),
    // Pulumi registry, random.RandomPet, "Inputs": the default of each
    "random:index/randomPet:RandomPet": ({ inputs }) => ({ length: 2, separator: "-", ...inputs }),
};
