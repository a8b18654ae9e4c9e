import type { Check } from "../check";
import { access } from "./access";
import { configuration } from "./configuration";
import { entryStored } from "./entry-stored";
import { keyAddress } from "./key-address";
import { keysFetched } from "./keys-fetched";
import { podEvents } from "./pod-events";
import { rotationArrived } from "./rotation-arrived";
import { rotationDue } from "./rotation-due";
import { secretDelivered } from "./secret-delivered";
import { serviceAccount } from "./service-account";
import { storeDeclared } from "./store-declared";
import { storeReady } from "./store-ready";
import { syncDeclared } from "./sync-declared";
import { syncFresh } from "./sync-fresh";
import { syncReady } from "./sync-ready";
import { valuesSet } from "./values-set";

/** In the order in which a value travels: configuration, store, sync, Secret, pod. */
export const CHECKS: readonly Check[] = [
    configuration,
    access,
    entryStored,
    secretDelivered,
    podEvents,
    storeReady,
    storeDeclared,
    serviceAccount,
    syncReady,
    syncFresh,
    syncDeclared,
    rotationDue,
    rotationArrived,
    valuesSet,
    keyAddress,
    keysFetched,
];
