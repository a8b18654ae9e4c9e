import type { RotationClass } from "../../components/domain/rotation/rotation-class";
import { rotates } from "../../components/domain/fields";
import type { Rotation, Trigger } from "../../components/domain/catalogue";

/** One class of each strategy, for the small catalogues of tests. */
export const signingKey: RotationClass = {
    name: "signing-key",
    strategy: "overlap",
    announce: "2 days",
    consumerLag: "3 hours",
    producerLag: "3 hours",
    tokenLife: "3 days",
    grace: "5 days",
};
export const account: RotationClass = { name: "account", strategy: "swap", grace: "7 days" };
export const vendor: RotationClass = { name: "vendor", strategy: "external" };

export const keyPair: RotationClass = {
    name: "key-pair",
    strategy: "two-key",
    consumerLag: "3 hours",
    grace: "3 days",
};

export const overlap = (every: string, ...on: Trigger[]): Rotation => rotates(signingKey, every, ...on);
export const swap = (every: string, ...on: Trigger[]): Rotation => rotates(account, every, ...on);
export const reissue = (every: string, ...on: Trigger[]): Rotation => rotates(vendor, every, ...on);
export const twoKey = (every: string, ...on: Trigger[]): Rotation => rotates(keyPair, every, ...on);
