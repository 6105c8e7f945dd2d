// ENGINE is deprecated, and the only door to GOST in the OpenSSL 3 that Debian ships; the tables of multiples of a point
// are deprecated without a successor.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

// Loads the engine `gost` where it is installed, and lets libcrypto find its keys; 1 when it is ready. Here because
// a libcrypto built without engines (OPENSSL_NO_ENGINE) declares none of this.
static inline int co_load_gost(void) {
#ifdef OPENSSL_NO_ENGINE
  return 0;
#else
  ENGINE *engine = ENGINE_by_id("gost");
  if (engine == NULL) return 0;
  // The references stay for the life of the process.
  return ENGINE_init(engine) == 1 && ENGINE_register_digests(engine) == 1
      && ENGINE_register_pkey_meths(engine) == 1 && ENGINE_register_pkey_asn1_meths(engine) == 1;
#endif
}

// What libcrypto can do with tables of a point's multiples. All of it answers "no" where libcrypto was built without
// deprecated functions, so that its own verification has to do.

// Whether multiples of the generator come from a table that is part of libcrypto: so it is with the implementation of
// P-256 that also takes a table for another generator.
static inline int co_has_built_in_table(const EC_GROUP *group) {
#ifdef OPENSSL_NO_DEPRECATED_3_0
  (void)group;
  return 0;
#else
  return EC_GROUP_have_precompute_mult(group) == 1;
#endif
}

// Makes the table of the generator's multiples; 1 when it is there.
static inline int co_make_table(EC_GROUP *group, BN_CTX *scratch) {
#ifdef OPENSSL_NO_DEPRECATED_3_0
  (void)group, (void)scratch;
  return 0;
#else
  return EC_GROUP_precompute_mult(group, scratch) == 1 && EC_GROUP_have_precompute_mult(group) == 1;
#endif
}

// result = scalar * generator + point; 1 when done. With a point beside it the generator's multiple comes from the table.
static inline int co_multiply_and_add(const EC_GROUP *group, EC_POINT *result, const BIGNUM *scalar,
                                      const EC_POINT *point, BN_CTX *scratch) {
#ifdef OPENSSL_NO_DEPRECATED_3_0
  (void)group, (void)result, (void)scalar, (void)point, (void)scratch;
  return 0;
#else
  const EC_POINT *points[1] = {point};
  const BIGNUM *scalars[1] = {BN_value_one()};
  return EC_POINTs_mul(group, result, scalar, 1, points, scalars, scratch) == 1;
#endif
}

// X and Z of a point, of which x = X / Z^2; 1 when done.
static inline int co_projective(const EC_GROUP *group, const EC_POINT *point, BIGNUM *x, BIGNUM *z,
                                BN_CTX *scratch) {
#ifdef OPENSSL_NO_DEPRECATED_3_0
  (void)group, (void)point, (void)x, (void)z, (void)scratch;
  return 0;
#else
  return EC_POINT_get_Jprojective_coordinates_GFp(group, point, x, NULL, z, scratch) == 1;
#endif
}
