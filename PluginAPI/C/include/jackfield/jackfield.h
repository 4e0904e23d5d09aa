/* All of the plugin ABI. */
#ifndef JACKFIELD_H
#define JACKFIELD_H

#include "abi.h"
#include "payload.h"

#include "agent.h"
#include "exporter.h"
#include "llm.h"
#include "notifier.h"
#include "tool.h"
#include "validator.h"

#include "agents.h"
#include "http.h"
#include "log.h"
#include "metrics.h"
#include "secrets.h"
#include "timer.h"
#include "tools.h"

#include "build.h"
#include "read.h"

#include "check.h"
#include "layout.h"
#include "layouts.h"

#endif
