//! abi.h: the plugin's descriptor, and what an instance is made from.

use super::core::{place, Side, View};
use std::os::raw::{c_char, c_void};

/// Flag of a service: without it the plugin must not be created.
pub const REQUIRED: u32 = 1;
/// Flag of a plugin: its handlers may wait, so they are called on worker threads.
pub const MAY_BLOCK: u32 = 1;

/// `jackfield_interface`: a role that a plugin plays or a service that it uses.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Interface {
    pub size: u32,
    pub revision: u32,
    pub id: *const c_char,
    pub flags: u32,
    pub reserved: u32,
}

/// `jackfield_failure`: a reason, written into memory of the caller.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Failure {
    pub size: u32,
    pub code: i32,
    pub message: [c_char; 504],
}

/// `jackfield_setup`: what an instance is made from.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Setup {
    pub size: u32,
    pub service_count: u32,
    pub host: *const Side,
    pub services: *const u32,
    pub instance_id: View,
    pub config: View,
    pub abi_revision: u32,
    pub reserved: u32,
}

/// [`Plugin::create`]
pub type CreateFunction = unsafe extern "C" fn(*const Setup, *mut Side, *mut Failure) -> i32;
/// [`Plugin::open`]
pub type OpenFunction = unsafe extern "C" fn(*mut c_void, *mut Failure) -> i32;
/// [`Plugin::drain`]
pub type DrainFunction = unsafe extern "C" fn(*mut c_void, i64);
/// [`Plugin::close`] and [`Plugin::destroy`]
pub type EndFunction = unsafe extern "C" fn(*mut c_void);

/// `jackfield_plugin`: the descriptor.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Plugin {
    pub size: u32,
    pub abi_revision: u32,
    pub id: *const c_char,
    pub version: *const c_char,
    pub flags: u32,
    pub concurrency: u32,
    pub role_count: u32,
    pub service_count: u32,
    pub roles: *const *const Interface,
    pub services: *const *const Interface,
    pub create: CreateFunction,
    pub open: OpenFunction,
    pub drain: DrainFunction,
    pub close: EndFunction,
    pub destroy: EndFunction,
    pub header_revision: u32,
    pub reserved: u32,
}

const _: () = {
    place!(
        Interface, 24, size: u32 = 0, revision: u32 = 4, id: *const c_char = 8, flags: u32 = 16, reserved: u32 = 20
    );
    place!(Failure, 512, size: u32 = 0, code: i32 = 4, message: [c_char; 504] = 8);
};
const _: () = {
    place!(
        Setup, 64, size: u32 = 0, service_count: u32 = 4, host: *const Side = 8, services: *const u32 = 16,
        instance_id: View = 24, config: View = 40, abi_revision: u32 = 56, reserved: u32 = 60
    );
    place!(
        Plugin, 104, size: u32 = 0, abi_revision: u32 = 4, id: *const c_char = 8, version: *const c_char = 16,
        flags: u32 = 24, concurrency: u32 = 28, role_count: u32 = 32, service_count: u32 = 36,
        roles: *const *const Interface = 40, services: *const *const Interface = 48, create: CreateFunction = 56,
        open: OpenFunction = 64, drain: DrainFunction = 72, close: EndFunction = 80, destroy: EndFunction = 88,
        header_revision: u32 = 96, reserved: u32 = 100
    );
};
