import { RandomUuid } from "@pulumi/random/randomUuid";
import * as pulumi from "@pulumi/pulumi";
import { lostStateMessage } from "../domain/rotation/lost-state";
import type { StateOf } from "../domain/rotation/lost-state";

/**
 * The first resource of a state, which every drawn value waits for. While the state lasts it is there; where it is
 * about to be created although the ledger tells of earlier values, the state is lost, and the deployment ends before
 * anything is drawn. It holds no secret, and a preview, which draws nothing, says nothing.
 */
export function declareStateMark(
    environment: string,
    state: StateOf,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
    const name = `${environment}-state`;
    const lost = lostStateMessage(state, name);
    if (lost === undefined) return new RandomUuid(name, {}, opts);
    const refuse = (): never => {
        throw new Error(lost);
    };
    const hook = new pulumi.ResourceHook(name, refuse);
    return new RandomUuid(name, {}, { ...opts, hooks: { beforeCreate: [hook] } });
}
