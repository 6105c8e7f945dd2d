// ENGINE is deprecated, and the only door to GOST in the OpenSSL 3 that Debian ships.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
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
