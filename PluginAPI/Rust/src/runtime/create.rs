//! Making an instance.

use super::definition::Definition;
use super::exports::{self, bytes, sized};
use super::host::{cut, Host};
use super::instance::Instance;
use super::safely::{caught, guarded};
use crate::abi::{Failure, Setup as RawSetup, Side, OK};
use crate::config::{Config, Setup};
use crate::error::{Code, Error};
use std::sync::Arc;

/// [`Plugin::create`](crate::abi::Plugin::create)
///
/// # Safety
///
/// As abi.h says.
pub unsafe fn create(
    definition: &'static Definition,
    setup: *const RawSetup,
    plugin: *mut Side,
    failure: *mut Failure,
) -> i32 {
    guarded(Code::Internal.number(), || {
        // SAFETY: the host's structs live during the call.
        match caught(|| unsafe { instance(definition, setup) }) {
            Ok(instance) => {
                let side = Side {
                    size: std::mem::size_of::<Side>() as u32,
                    reserved: 0,
                    instance: Arc::into_raw(instance) as *mut _,
                    start: exports::start,
                    emit: exports::emit,
                    finish: exports::finish,
                    cancel: exports::cancel,
                    resume: exports::resume,
                };
                // SAFETY: as above.
                unsafe { plugin.write(side) };
                OK
            }
            // SAFETY: as above.
            Err(error) => unsafe { report(&error, failure) },
        }
    })
}

unsafe fn instance(definition: &'static Definition, setup: *const RawSetup) -> Result<Arc<Instance>, Error> {
    // SAFETY: see `create`; so in the whole function.
    let setup = unsafe { sized(setup) }
        .ok_or_else(|| Error::unsupported("the host hands over more than this kit of revision 1 knows"))?;
    if setup.reserved != 0 {
        return Err(Error::invalid_argument("a reserved field of the setup is not zero"));
    }
    if setup.host.is_null() || unsafe { (*setup.host).size } < std::mem::size_of::<Side>() as u32 {
        return Err(Error::invalid_argument("the host's function table is missing or too short"));
    }
    let granted: Vec<u32> = (0..definition.services.len())
        .map(|index| match setup.services.is_null() || index >= setup.service_count as usize {
            true => 0,
            false => unsafe { *setup.services.add(index) },
        })
        .collect();
    let text = |view| {
        std::str::from_utf8(unsafe { bytes(view) })
            .map_err(|_| Error::invalid_argument("the instance's id or configuration is not UTF-8"))
    };
    let made = (definition.make)(&Setup {
        instance: text(setup.instance_id)?.to_owned(),
        config: Config::parse(text(setup.config)?)?,
        services: definition.services.iter().copied().zip(granted.iter().copied()).collect(),
    })?;
    Ok(Arc::new(Instance::new(definition, made, unsafe { Host::new(setup.host) }, granted)?))
}

/// Write a reason into the host's memory.
///
/// # Safety
///
/// `failure` is null or points to a struct that begins with its size.
pub(super) unsafe fn report(error: &Error, failure: *mut Failure) -> i32 {
    let code = error.code.number();
    if failure.is_null() {
        return code;
    }
    // SAFETY: no more is written than the struct says that it has room for; a host that left the size out has all of
    // it.
    unsafe {
        let size = match (*failure).size as usize {
            0 => std::mem::size_of::<Failure>(),
            size => size.min(std::mem::size_of::<Failure>()),
        };
        if size >= 8 {
            (*failure).code = code;
        }
        if size > 8 {
            let text = cut(&error.message, size - 9);
            let message = (*failure).message.as_mut_ptr().cast::<u8>();
            std::ptr::copy_nonoverlapping(text.as_ptr(), message, text.len());
            message.add(text.len()).write(0);
        }
    }
    code
}
