using Dfx.Numerics;

namespace Dfx.Sdk;

/// <summary>
/// Makes random numbers of a run's next step on another thread while this step runs: draws that were asked for at two steps in a row. All others are made
/// when they are asked for, and the numbers are the same either way.
/// </summary>
/// <remarks>
/// For use from one thread. The other one fills memory that is there and allocates no object: a garbage collection that it started could free a number under
/// an operation of TorchSharp (docs/tensors.md).
/// </remarks>
/// <param name="least">Draws of fewer numbers are not made ahead: they take less time than it takes two threads to agree.</param>
internal sealed class NoiseAhead(int least = 1 << 12) : IDisposable
{
    private const long MostNumbers = 1 << 28;
    private const int MostDraws = 64;

    private readonly Dictionary<NoiseRequest, PreparedDraw> _draws = [];
    private readonly PreparedDraw?[] _served = new PreparedDraw?[MostDraws];
    private readonly object _turn = new();
    private Thread? _thread;
    private bool _stopped;

    /// <summary>How many draws were ready when they were asked for.</summary>
    internal long Foreseen { get; private set; }

    /// <summary>How many draws it knows of.</summary>
    internal int Known => _draws.Count;

    /// <summary>Whether the other thread has something to do.</summary>
    internal bool IsBusy
    {
        get
        {
            lock (_turn)
            {
                return _served.Any(draw => draw?.State is Preparation.Wanted or Preparation.Running);
            }
        }
    }

    /// <summary>Bytes that the other thread has allocated on the managed heap.</summary>
    internal long Allocated { get; private set; }

    /// <summary>The numbers of a draw if they were foreseen, otherwise null: the caller makes them. Those of the next step are then under way.</summary>
    /// <param name="request">Which draw.</param>
    /// <param name="step">Its step.</param>
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="device">Where it is made.</param>
    /// <returns>A new float32 tensor, or null.</returns>
    internal torch.Tensor? Take(NoiseRequest request, uint step, long[] shape, torch.Device device)
    {
        // A draw that is asked for twice in a step is made the second time: what is under way is the next step's.
        if (request.Count < least || Draw(request, step) is not { } draw || draw.Last == step)
        {
            return null;
        }

        var values = Ready(draw, step) ? Copy(draw, shape, device) : null;
        Foresee(draw, step);
        return values;
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _stopped = true;
            Monitor.PulseAll(_turn);
        }

        _thread?.Join();
        foreach (var draw in _draws.Values)
        {
            draw.Dispose();
        }

        _draws.Clear();
    }

    private static torch.Tensor Copy(PreparedDraw draw, long[] shape, torch.Device device)
    {
        using var view = draw.Values!.view(shape);
        return view.Upload(device);
    }

    // Those that are no longer asked for make room.
    private PreparedDraw? Draw(NoiseRequest request, uint step)
    {
        if (_draws.TryGetValue(request, out var known))
        {
            return known;
        }

        if (_draws.Count == MostDraws)
        {
            foreach (var old in _draws.Values.Where(draw => draw.Last != step && draw.Last + 1 != step).ToList())
            {
                Forget(old);
            }
        }

        if (_draws.Count == MostDraws || _draws.Values.Sum(draw => (long)draw.Request.Count) + request.Count > MostNumbers)
        {
            return null;
        }

        var made = new PreparedDraw(request);
        _draws.Add(request, made);
        lock (_turn)
        {
            _served[Array.IndexOf(_served, null)] = made;
        }

        return made;
    }

    private void Forget(PreparedDraw draw)
    {
        Withdraw(draw);
        lock (_turn)
        {
            _served[Array.IndexOf(_served, draw)] = null;
        }

        _draws.Remove(draw.Request);
        draw.Dispose();
    }

    // Whether the numbers of a step are there, waiting for them if they are being made; from here on the other thread leaves the draw alone.
    private bool Ready(PreparedDraw draw, uint step)
    {
        var ready = Withdraw(draw) == Preparation.Ready && draw.Step == step;
        Foreseen += ready ? 1 : 0;
        return ready;
    }

    private Preparation Withdraw(PreparedDraw draw)
    {
        lock (_turn)
        {
            while (draw.State == Preparation.Running)
            {
                Monitor.Wait(_turn);
            }

            var state = draw.State;
            draw.State = Preparation.None;
            return state;
        }
    }

    private void Foresee(PreparedDraw draw, uint step)
    {
        var inARow = draw.Last is { } last && last + 1 == step;
        draw.Last = step;
        if (!inARow || step == uint.MaxValue)
        {
            return;
        }

        draw.MakeRoom();
        lock (_turn)
        {
            (draw.Step, draw.State) = (step + 1, Preparation.Wanted);
            Monitor.PulseAll(_turn);
        }

        if (_thread is null)
        {
            _thread = new(Serve) { IsBackground = true, Name = "noise" };
            _thread.Start();
        }
    }

    private void Serve()
    {
        while (Next() is { } draw)
        {
            draw.Fill();
            lock (_turn)
            {
                draw.State = Preparation.Ready;
                Allocated = GC.GetAllocatedBytesForCurrentThread();
                Monitor.PulseAll(_turn);
            }
        }
    }

    // The next draw that is wanted, from now on running; null at the end.
    private PreparedDraw? Next()
    {
        lock (_turn)
        {
            while (!_stopped)
            {
                foreach (var draw in _served)
                {
                    if (draw?.State == Preparation.Wanted)
                    {
                        draw.State = Preparation.Running;
                        return draw;
                    }
                }

                Monitor.Wait(_turn);
            }

            return null;
        }
    }
}
