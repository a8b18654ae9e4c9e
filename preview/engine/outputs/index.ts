import type { Registered } from "../registered";
import { Secret, Unknown, type PropertyMap, type PropertyValue } from "../values";
import { packageOf, providerPackageOf } from "../urn";
import { aws } from "./aws";
import { CreateContext, type Compute } from "./context";
import { gcp } from "./gcp";
import { kubernetesObject } from "./kubernetes";
import { random } from "./random";
import { SdkTypes } from "./sdk";
import { vault } from "./vault";

/** What follows from the inputs, by resource type. */
const COMPUTES: Readonly<Record<string, Compute>> = { ...aws, ...gcp, ...random, ...vault };

/** The outputs of resources that are yet to be made. */
export class Outputs {
    readonly #sdk: SdkTypes;

    constructor(programDirectory: string) {
        this.#sdk = new SdkTypes(programDirectory);
    }

    /**
     * The inputs echoed, and what a cloud would compute from them. What is absent is unknown to the program, as is an
     * id of "".
     */
    ofCreate(registered: Registered, provider: PropertyMap): { id: string; outputs: PropertyMap } {
        const { type, urn, name, inputs } = registered;
        const compute = packageOf(type) === "kubernetes" ? kubernetesObject : COMPUTES[type];
        const { id, ...computed } = compute?.(new CreateContext(urn, name, inputs, provider)) ?? {};
        const outputs: Record<string, PropertyValue> = { ...inputs, ...computed };
        for (const property of registered.options.additionalSecretOutputs) {
            const value = outputs[property] ?? Unknown.value;
            outputs[property] = value instanceof Secret ? value : new Secret(value);
        }
        return { id: typeof id === "string" ? id : "", outputs };
    }

    /** The outputs with each one that only a deployment can tell as an explicit unknown, for policies and for people. */
    complete(registered: Registered): PropertyMap {
        const { type, custom, outputs } = registered;
        if (!custom || providerPackageOf(type) !== undefined) return outputs;
        const { computed, chosen } = this.#sdk.outputsOf(type);
        // Providers that wrap one of Terraform's have the id among the outputs, too.
        const id = packageOf(type) === "kubernetes" ? {} : { id: registered.id || Unknown.value };
        const absent = [...computed, ...chosen].filter((property) => !(property in outputs));
        return {
            ...outputs,
            ...id,
            ...Object.fromEntries(absent.map((property) => [property, Unknown.value])),
        };
    }
}
