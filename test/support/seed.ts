import fc from "fast-check";

// A run that fails must fail again. FAST_CHECK_SEED tries another path through the property tests; its failures name the seed.
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_260_101) });
