/** Who hears of alerts. Addresses are no secrets: one that holds a token does not belong here. */
export interface Subscribers {
    readonly emails: readonly string[];
    /** Addresses that take SNS's messages, or a webhook's of Cloud Monitoring. */
    readonly https: readonly string[];
}
