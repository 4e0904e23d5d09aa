//! How a plugin begins, and the macro that exports it.

use crate::config::Setup;
use crate::error::Error;

/// What every plugin is, beside its role. One value is one instance; handlers of different calls may run at the same
/// time.
pub trait Plugin: Sized + Send + Sync + 'static {
    /// Make an instance. Must not wait and not call the host.
    ///
    /// # Errors
    ///
    /// Any: the operator reads its sentence.
    fn create(setup: &Setup) -> Result<Self, Error>;

    /// Calls may come from now on. Must return within five seconds.
    ///
    /// # Errors
    ///
    /// Any: the operator reads its sentence.
    fn open(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Exports a plugin: once in a shared library.
///
/// ```text
/// jackfield::plugin! {
///     id: "llm/quip",                          // as in plugin.json
///     llm: Quip,                               // agent, llm, validator, exporter, notifier or tool: the type
///     threads: workers(4),                     // or inline; left out: workers(4), for validator and exporter inline
///     services: [required http, optional log], // left out: none
/// }
/// ```
///
/// The version is that of the crate in which this stands.
#[macro_export]
macro_rules! plugin {
    (id: $id:literal, $role:ident: $type:ty $(, services: [$($services:tt)*])? $(,)?) => {
        $crate::plugin! { id: $id, $role: $type, threads: default $(, services: [$($services)*])? }
    };
    (id: $id:literal, $role:ident: $type:ty, threads: $threads:ident $(($count:literal))? $(,)?) => {
        $crate::plugin! { id: $id, $role: $type, threads: $threads $(($count))?, services: [] }
    };
    (
        id: $id:literal, $role:ident: $type:ty, threads: $threads:ident $(($count:literal))?,
        services: [$($need:ident $service:ident),* $(,)?] $(,)?
    ) => {
        /// The one export: the descriptor of this plugin.
        #[no_mangle]
        pub extern "C" fn jackfield_plugin_v1() -> *const $crate::abi::Plugin {
            use $crate::abi::{Failure, Interface, Plugin, Setup, Side};
            use $crate::runtime::{self, Definition, Static, Threads};

            const THREADS: Threads = $crate::plugin!(@threads $role $threads $($count)?);
            const SERVICES: &[&str] = &[$($crate::abi::$service::ID),*];
            static DEFINITION: Definition = Definition {
                role: $crate::abi::$role::ID,
                threads: THREADS,
                services: SERVICES,
                make: runtime::roles::$role::<$type>,
            };
            const ROLE: Interface = runtime::interface(concat!("jackfield.", stringify!($role), "\0"), 0);
            static ROLE_LIST: Static<[*const Interface; 1]> = Static([&ROLE]);
            static SERVICE_LIST: Static<[*const Interface; SERVICES.len()]> = Static([$({
                const SERVICE: Interface = runtime::interface(
                    concat!("jackfield.", stringify!($service), "\0"),
                    $crate::plugin!(@need $need),
                );
                &SERVICE
            }),*]);

            unsafe extern "C" fn create(setup: *const Setup, plugin: *mut Side, failure: *mut Failure) -> i32 {
                // SAFETY: the host calls this as abi.h says.
                unsafe { runtime::create(&DEFINITION, setup, plugin, failure) }
            }

            static DESCRIPTOR: Static<Plugin> = Static(Plugin {
                size: std::mem::size_of::<Plugin>() as u32,
                abi_revision: 1,
                id: concat!($id, "\0").as_ptr().cast(),
                version: concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast(),
                flags: THREADS.flags(),
                concurrency: THREADS.concurrency(),
                role_count: 1,
                service_count: SERVICES.len() as u32,
                roles: ROLE_LIST.0.as_ptr(),
                services: SERVICE_LIST.0.as_ptr(),
                create,
                open: runtime::open,
                drain: runtime::drain,
                close: runtime::close,
                destroy: runtime::destroy,
                header_revision: $crate::abi::ABI_REVISION,
                reserved: 0,
            });
            &DESCRIPTOR.0
        }
    };
    (@threads validator default) => { $crate::runtime::Threads::Inline };
    (@threads exporter default) => { $crate::runtime::Threads::Inline };
    (@threads $role:ident default) => { $crate::runtime::Threads::Workers(4) };
    (@threads $role:ident inline) => { $crate::runtime::Threads::Inline };
    (@threads $role:ident workers $count:literal) => { $crate::runtime::Threads::Workers($count) };
    (@need required) => { $crate::abi::REQUIRED };
    (@need optional) => { 0 };
}
