namespace Dfx.Torch;

/// <summary>The innermost dispose scope of each thread: TorchSharp's API is ambient, so this is the one place with thread state.</summary>
internal static class DisposeScopes
{
    [ThreadStatic]
    private static DisposeScope? s_innermost;

    internal static DisposeScope Enter() => s_innermost = new DisposeScope(s_innermost);

    internal static void Leave(DisposeScope scope)
    {
        if (s_innermost != scope)
        {
            throw new InvalidOperationException("Dispose scopes end innermost first, on the thread that made them.");
        }

        s_innermost = scope.OuterScope;
    }

    internal static void Register(Tensor tensor) => s_innermost?.Add(tensor);
}

public static partial class torch
{
    /// <summary>Opens a scope that disposes the tensors made on this thread from now on until it ends.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopes.Enter();

    /// <summary>Evaluates an expression in a scope of its own and hands its result to the scope outside.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(expr());
    }
}
