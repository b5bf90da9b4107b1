namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Public functions that return tensors and have no derivative to check, each with the reason.</summary>
internal static class WithoutGradient
{
    internal static readonly IReadOnlyDictionary<string, string> Reasons = new[]
    {
        Because("makes a tensor of constants",
            "zeros", "ones", "full", "empty", "tensor", "from_array", "arange", "linspace", "logspace", "eye", "one_hot",
            "empty_like", "full_like", "zeros_like", "ones_like"),
        Because("draws random numbers",
            "randn", "rand", "randint", "randperm", "normal", "bernoulli", "multinomial", "randn_like", "rand_like", "normal_", "uniform_"),
        Because("its result is a truth value",
            "isnan", "isinf", "isfinite", "isclose", "logical_not", "logical_and", "logical_or", "logical_xor", "any", "all",
            "eq", "ne", "lt", "le", "gt", "ge", "op_LessThan", "op_LessThanOrEqual", "op_GreaterThan", "op_GreaterThanOrEqual",
            "op_Equality", "op_Inequality", "bool"),
        Because("takes bits or truth values",
            "bitwise_not", "bitwise_and", "bitwise_or", "bitwise_xor", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr",
            "op_OnesComplement"),
        Because("its result is an integer",
            "argmax", "argmin", "argsort", "nonzero", "searchsorted", "bincount", "count_nonzero", "long", "int", "byte"),
        Because("libtorch does not differentiate it", "unique"),
        Because("is about the graph itself", "get_grad", "with_requires_grad", "detach", "detach_"),
        Because("float64 differences cannot resolve it; ConversionGradientTests checks it exactly", "float", "bfloat16"),
        Because("needs a GPU", "cuda"),
        Because(
            "hands tensors on as they are",
            "WrappedTensorDisposeScope",
            "MoveToOuterDisposeScope",
            "MoveToOtherDisposeScope",
            "DetachFromDisposeScope"),
    }.SelectMany(reason => reason).ToDictionary();

    private static IEnumerable<KeyValuePair<string, string>> Because(string reason, params string[] names) =>
        names.Select(name => KeyValuePair.Create(name, reason));
}
