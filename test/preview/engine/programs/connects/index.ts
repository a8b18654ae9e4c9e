import { connect } from "node:net";

// An address of the documentation's range: nobody answers there.
connect(443, "192.0.2.1");
