import type { RotationClass } from "../../components/domain/rotation/rotation-class";

/**
 * How the fields of all platforms rotate. A lag is the longest it takes; announce and grace are what the lags ask for,
 * with the days that the slowest environment takes to deploy (`rotation.deployWithin`).
 */

/** Signs tokens of users: refresh tokens live seven days, the longest that a platform's document names. */
export const tokenSigningKey: RotationClass = {
    name: "token-signing-key",
    strategy: "overlap",
    announce: "3 days",
    consumerLag: "4 hours",
    producerLag: "4 hours",
    tokenLife: "7 days",
    grace: "10 days",
};

/** Shared with a marketplace, whose console takes the new secret by hand; its callbacks are repeated for a day. */
export const webhookKey: RotationClass = {
    name: "webhook-key",
    strategy: "overlap",
    announce: "3 days",
    consumerLag: "4 hours",
    producerLag: "5 days",
    tokenLife: "1 day",
    grace: "8 days",
};

/** Encrypts what an application keeps; announced, so that every reader knows it before somebody writes with it. */
export const dataKey: RotationClass = {
    name: "data-key",
    strategy: "overlap",
    announce: "3 days",
    consumerLag: "4 hours",
    producerLag: "4 hours",
    grace: "4 days",
    encryptsData: true,
};

/** A data key in a store entry of plain text, which holds one value. */
export const plainDataKey: RotationClass = {
    name: "plain-data-key",
    strategy: "swap",
    grace: "7 days",
    encryptsData: true,
};

/** A signing key whose application knows one at a time: what the old one signed is refused from the swap on. */
export const swappedSigningKey: RotationClass = {
    name: "swapped-signing-key",
    strategy: "swap",
    grace: "7 days",
};

/** The password of an account that has one at a time. The old one is kept for the way back. */
export const accountPassword: RotationClass = { name: "account-password", strategy: "swap", grace: "7 days" };

/** A key that callers show in a header. */
export const callerKey: RotationClass = { name: "caller-key", strategy: "swap", grace: "7 days" };

/** An access key of an IAM user, of which AWS allows two. */
export const accessKeyPair: RotationClass = {
    name: "access-key",
    strategy: "two-key",
    consumerLag: "4 hours",
    grace: "3 days",
};

/** A value that a vendor issues. */
export const vendorKey: RotationClass = { name: "vendor-key", strategy: "external" };
