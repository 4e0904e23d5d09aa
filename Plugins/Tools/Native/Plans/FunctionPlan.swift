package import JackfieldJSON
package import JackfieldVocabulary

/// A function with everything decided: where each argument comes from, and where each part of the result.
package struct FunctionPlan: Sendable {
    package var name: String
    package var symbol: String
    package var description: String
    package var traits: Tool.Traits
    package var parameters: [ParameterPlan]
    /// Parameters before "..."; nil for a function without it.
    package var fixedCount: Int?
    package var result: ResultPlan
    package var failure: FailurePlan?
    /// The parameter whose handle no longer counts when the function has succeeded.
    package var closes: Int?
}

/// One parameter of the C function.
package struct ParameterPlan: Sendable {
    package var name: String
    package var description: String?
    /// What is passed.
    package var type: CType
    package var role: Role
    /// For a caller that leaves it out.
    package var fallback: JSON?

    package enum Role: Sendable {
        /// The operator's own value.
        case constant(JSON, ValuePlan)
        /// The operator's own pointer: null, or a number that the library knows.
        case address(UInt)
        /// What is passed is what the caller gave.
        case value(ValuePlan)
        /// What is passed points to it.
        case pointee(ValuePlan, Travel, PointeeEnd)
        case buffer(BufferPlan)
        /// Filled in from the buffers that it counts.
        case counter(CounterPlan)
    }

    /// Which way a value goes through a pointer.
    package enum Travel: Sendable, Hashable {
        case into, outOf, both
    }

    /// Whether the caller has a say.
    package var isInput: Bool {
        switch role {
        case .constant, .address, .counter: false
        case .value: true
        case .pointee(_, let travel, _): travel != .outOf
        case .buffer(let buffer): buffer.travel != .outOf
        }
    }

    /// Whether it is part of the result.
    package var isOutput: Bool {
        switch role {
        case .constant, .address, .counter, .value: false
        case .pointee(_, let travel, _): travel != .into
        case .buffer(let buffer): buffer.travel != .into
        }
    }
}

/// One value, and what it may be.
package struct ValuePlan: Sendable, Hashable {
    package var type: CType
    package var nullable = false
    package var minimum: Int128?
    package var maximum: Int128?

    package init(_ type: CType, nullable: Bool = false, minimum: Int128? = nil, maximum: Int128? = nil) {
        self.type = type
        self.nullable = nullable
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Of an integer: what its type holds, within what the operator allows.
    package var range: ClosedRange<Int128>? {
        guard let whole = type.scalar?.range else { return nil }
        let low = max(whole.lowerBound, minimum ?? whole.lowerBound)
        return low...max(low, min(whole.upperBound, maximum ?? whole.upperBound))
    }
}

/// What happens to a value that a function left behind a pointer.
package struct PointeeEnd: Sendable, Hashable {
    /// The function that frees text.
    package var free: String?
    /// The function that closes a handle that is there although the function failed.
    package var closer: String?
}

/// A pointer to a number of elements.
package struct BufferPlan: Sendable, Hashable {
    package var element: CType
    package var travel: ParameterPlan.Travel
    package var encoding: ArgumentConfig.Encoding
    package var nullable: Bool
    /// The caller must give exactly as many.
    package var exactCount: Int?
    /// Room for what the function writes; nil where it writes nothing, or no more than it is given.
    package var capacity: Capacity?
    /// How many elements there are afterwards.
    package var length: Length

    package enum Capacity: Sendable, Hashable {
        case constant(Int)
        /// The caller says it in this argument.
        case parameter(Int)
    }

    package enum Length: Sendable, Hashable {
        /// As many as there is room for.
        case whole
        case parameter(Int)
        /// What the function returns.
        case result
        /// Up to the first zero.
        case nul
    }
}

/// A parameter that says how long buffers are.
package struct CounterPlan: Sendable, Hashable {
    /// All of them have the same length.
    package var buffers: [Int]
    package var kind: ScalarKind
    package var isPointer: Bool
    /// It says what there is room for, not how much there is.
    package var isCapacity: Bool
}

/// What the function returns.
package struct ResultPlan: Sendable {
    package var description: String?
    /// What comes back from the call.
    package var type: CType
    package var role: Role
    package var isHidden = false
    /// The function that frees what the returned pointer points to.
    package var free: String?

    package enum Role: Sendable {
        case none
        case value(ValuePlan)
        /// A pointer to it.
        case pointee(ValuePlan)
        case buffer(element: CType, ArgumentConfig.Encoding, ResultLength)
    }

    package enum ResultLength: Sendable {
        case constant(Int)
        case parameter(Int)
        case call(CallExpression)
    }
}

/// How failure is seen and told.
package struct FailurePlan: Sendable {
    package var rule: FailureConfig.Rule
    package var codes: [NamedValues.Entry]
    package var message: Message?
    package var tellsErrno: Bool

    package enum Message: Sendable {
        case parameter(Int)
        case call(CallExpression)
    }
}

/// Another function of the library that is asked after the call: `sqlite3_errmsg(db)`.
package struct CallExpression: Sendable, Hashable {
    package var symbol: String
    package var arguments: [Source]

    package enum Source: Sendable, Hashable {
        case parameter(Int)
        /// What the function returned.
        case code
    }
}
