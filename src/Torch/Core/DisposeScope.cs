namespace Dfx.Torch;

/// <summary>Owns the tensors that its thread makes while it is the innermost scope, and disposes them with itself.</summary>
/// <remarks>
/// A scope belongs to the thread that made it. A tensor disposed on another thread is released at once and skipped when
/// the scope ends. Tensors are linked through themselves: joining and leaving a scope allocates nothing.
/// </remarks>
public sealed class DisposeScope : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private Tensor? _first;
    private bool _disposed;

    internal DisposeScope(DisposeScope? outer) => OuterScope = outer;

    /// <summary>The scope around this one, or null.</summary>
    internal DisposeScope? OuterScope { get; }

    /// <summary>How many tensors the scope will dispose.</summary>
    public int DisposablesCount => Members().Count(t => !t.IsInvalid);

    /// <summary>Whether the scope will dispose that tensor.</summary>
    public bool Contains(IDisposable disposable) => disposable is Tensor { IsInvalid: false } t && t.Scope == this;

    /// <summary>Hands a tensor of this scope to the scope around; without one it lives until it is disposed or collected.</summary>
    /// <remarks>A tensor that is not this scope's stays where it is.</remarks>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, OuterScope);
        return disposable;
    }

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables)
        {
            Move(disposable, OuterScope);
        }
    }

    /// <summary>Hands a tensor to another scope.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        Move(disposable, scope);
        return disposable;
    }

    /// <summary>Lets go of a tensor: from now on its holder disposes it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, null);
        return disposable;
    }

    /// <summary>Takes a tensor over, from another scope or from none.</summary>
    /// <exception cref="InvalidOperationException">Another thread owns this scope or the tensor's.</exception>
    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    public void Attach(IDisposable disposable)
    {
        if (disposable is Tensor { IsInvalid: false } tensor && tensor.Scope != this)
        {
            Hand(tensor, this);
        }
    }

    /// <summary>Disposes every tensor of the scope but that one; the scope goes on.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        Release(keep);
        return keep;
    }

    /// <inheritdoc cref="DisposeEverythingBut{T}(T)"/>
    public void DisposeEverythingBut(params IDisposable[] keep) => Release(keep);

    /// <summary>Disposes every tensor of the scope; the scope goes on.</summary>
    public void DisposeEverything() => Release();

    /// <summary>Disposes every tensor of the scope and makes the scope around it the innermost one again.</summary>
    /// <exception cref="InvalidOperationException">A scope made inside this one is still open, or another thread made it.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        DisposeScopes.Leave(this);
        _disposed = true;
        Release();
    }

    internal void Add(Tensor tensor)
    {
        tensor.Scope = this;
        tensor.Next = _first;
        tensor.Previous = null;
        if (_first is not null)
        {
            _first.Previous = tensor;
        }

        _first = tensor;
    }

    internal void Remove(Tensor tensor)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            return;
        }

        if (tensor.Previous is null)
        {
            _first = tensor.Next;
        }
        else
        {
            tensor.Previous.Next = tensor.Next;
        }

        if (tensor.Next is not null)
        {
            tensor.Next.Previous = tensor.Previous;
        }

        (tensor.Scope, tensor.Next, tensor.Previous) = (null, null, null);
    }

    private void Move(IDisposable disposable, DisposeScope? to)
    {
        if (disposable is Tensor { IsInvalid: false } tensor && tensor.Scope == this && to != this)
        {
            Hand(tensor, to);
        }
    }

    private static void Hand(Tensor tensor, DisposeScope? to)
    {
        ObjectDisposedException.ThrowIf(to is { _disposed: true }, typeof(DisposeScope));
        tensor.Scope?.DemandThread();
        to?.DemandThread();
        tensor.Scope?.Remove(tensor);
        to?.Add(tensor);
    }

    private void DemandThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("A tensor joins and leaves a dispose scope on the thread that made the scope.");
        }
    }

    private void Release(params ReadOnlySpan<IDisposable> keep)
    {
        for (var tensor = _first; tensor is not null;)
        {
            var next = tensor.Next;
            if (keep.IsEmpty || !Keeps(keep, tensor))
            {
                tensor.Dispose();
                if (tensor.Scope == this)
                {
                    Remove(tensor);
                }
            }

            tensor = next;
        }
    }

    private static bool Keeps(ReadOnlySpan<IDisposable> keep, Tensor tensor)
    {
        foreach (var kept in keep)
        {
            if (ReferenceEquals(kept, tensor))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<Tensor> Members()
    {
        for (var tensor = _first; tensor is not null; tensor = tensor.Next)
        {
            yield return tensor;
        }
    }
}
