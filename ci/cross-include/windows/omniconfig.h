// omniORB's own omniconfig.h for builds without autoconf, as on Windows.
#pragma once
#define OMNI_CONFIG_TRADITIONAL
