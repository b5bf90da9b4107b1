using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Tests.Plugins;
using Dfx.Numerics;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a part of a collection took of memory is given back when it is written.</summary>
[NonParallelizable]
public sealed class CollectionMemoryTests
{
    private const int Blocks = 2000;
    private const int Floats = 25_000;

    /// <summary>200 MB in blocks that come from the heap, with one above them that stays: without a word glibc keeps them all.</summary>
    [Test]
    public void A_heap_in_pieces_is_given_back_with_every_part()
    {
        using var scratch = new ScratchFolder();
        using var host = new CollectionHost(new CollectionFiles(scratch.At("collection")), [], new Silent(), int.MaxValue, CancellationToken.None);
        using var column = torch.ones([2, 3]);
        var before = DeviceMemory.InUse(torch.CPU)!.Value;
        var blocks = Enumerable.Range(0, Blocks).Select(_ => torch.ones(Floats).DetachFromDisposeScope()).ToList();
        using var above = torch.ones(Floats);
        blocks.ForEach(block => block.Dispose());
        Assume.That(DeviceMemory.InUse(torch.CPU) - before, Is.GreaterThan(100_000_000), "the heap keeps what was freed below a block in use");
        host.Add(new Dictionary<string, torch.Tensor> { ["x"] = column });
        Assert.That(DeviceMemory.InUse(torch.CPU) - before, Is.LessThan(100_000_000));
        Assert.That(above.sum().ToSingle(), Is.EqualTo(Floats));
    }
}
