using System.Reflection;

namespace Dfx.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A function with parameters, buffers and submodules, found by <see cref="RegisterComponents"/> in its fields.</summary>
        /// <remarks>A module takes its parameters out of the dispose scope in which it is made: it disposes them itself.</remarks>
        public partial class Module : IDisposable
        {
            private readonly Dictionary<string, Parameter> _parametersByName = [];
            private readonly Dictionary<string, (Tensor Tensor, bool Persistent)> _buffersByName = [];
            private readonly List<(string Name, Module Module)> _submodules = [];
            private readonly List<string> _parameterOrder = [];
            private readonly List<string> _bufferOrder = [];
            private readonly string _name;

            /// <summary>A module with a name for messages.</summary>
            protected Module(string name) => _name = name;

            /// <summary>Whether the module is being trained, not evaluated: dropout and batch statistics depend on it.</summary>
            public bool training { get; private set; } = true;

            /// <summary>The name for messages.</summary>
            public virtual string GetName() => _name;

            /// <summary>Registers parameters, modules and tensors (as buffers) that the module's fields hold and that are not registered yet.</summary>
            protected virtual void RegisterComponents()
            {
                foreach (var field in Fields())
                {
                    switch (field.GetValue(this))
                    {
                        case Parameter parameter when !_parametersByName.ContainsKey(field.Name):
                            register_parameter(field.Name, parameter);
                            break;
                        case Module module when !_submodules.Exists(s => s.Name == field.Name):
                            register_module(field.Name, module);
                            break;
                        case Tensor buffer when !_buffersByName.ContainsKey(field.Name):
                            register_buffer(field.Name, buffer);
                            break;
                        default:
                            break;
                    }
                }
            }

            /// <summary>Adds a parameter, or replaces the one of that name; null registers nothing.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            public virtual void register_parameter(string name, Parameter? param)
            {
                Checked(name);
                if (param is null)
                {
                    return;
                }

                if (!_parametersByName.ContainsKey(name))
                {
                    _parameterOrder.Add(name);
                }

                param.DetachFromDisposeScope();
                _parametersByName[name] = param;
            }

            /// <summary>Adds a tensor that is saved and moved with the module but not trained; one that is not persistent is not saved.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                Checked(name);
                if (!_buffersByName.ContainsKey(name))
                {
                    _bufferOrder.Add(name);
                }

                tensor.DetachFromDisposeScope();
                _buffersByName[name] = (tensor, persistent);
            }

            /// <summary>Adds a submodule.</summary>
            /// <exception cref="ArgumentException">The name is empty, has a dot or is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                Checked(name);
                ArgumentNullException.ThrowIfNull(submodule);
                if (_submodules.Exists(s => s.Name == name))
                {
                    throw new ArgumentException($"{_name} already has a submodule '{name}'.", nameof(name));
                }

                _submodules.Add((name, submodule));
            }

            /// <inheritdoc cref="register_module"/>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Parameters with their dotted names, in order of registration, this module's own first.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                _parameterOrder.Select(n => (n, _parametersByName[n]))
                    .Concat(recurse ? Below(m => m.named_parameters()) : [])
                    .DistinctBy(p => p.Item2, ReferenceEqualityComparer.Instance);

            /// <summary>Buffers with their dotted names, in order of registration, this module's own first.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                _bufferOrder.Where(n => include_nonpersistent || _buffersByName[n].Persistent).Select(n => (n, _buffersByName[n].Tensor))
                    .Concat(recurse ? Below(m => m.named_buffers(true, include_nonpersistent)) : [])
                    .DistinctBy(b => b.Item2, ReferenceEqualityComparer.Instance);

            /// <summary>Submodules with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules;

            /// <summary>All modules below this one with their dotted names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                _submodules.SelectMany(s => s.Module.named_modules().Select(m => ($"{s.Name}.{m.name}", m.module)).Prepend((s.Name, s.Module)));

            /// <summary>The parameters, in the order of <see cref="named_parameters"/>.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            /// <summary>The buffers, in the order of <see cref="named_buffers"/>.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            /// <summary>The submodules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>All modules below this one.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            /// <summary>Switches the module and all below it to training or evaluation.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in children())
                {
                    child.train(train);
                }
            }

            /// <summary>Switches the module and all below it to evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls the function with every module below this one, then with this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children())
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>Forgets the gradients of all parameters (or sets them to 0).</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    if (grad is not null && !set_to_none)
                    {
                        grad.fill_(0);
                    }
                    else
                    {
                        parameter.grad = null;
                    }
                }
            }

            /// <summary>Disposes parameters, buffers and submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <inheritdoc cref="Dispose()"/>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var tensor in _parametersByName.Values.Concat(_buffersByName.Values.Select(b => b.Tensor)))
                {
                    tensor.Dispose();
                }

                foreach (var (_, module) in _submodules)
                {
                    module.Dispose();
                }
            }

            /// <summary>This module's own parameters and buffers replaced in place by conversions of themselves; submodules likewise.</summary>
            internal void Convert(ScalarType? dtype, Device? device)
            {
                foreach (var tensor in _parametersByName.Values.Concat(_buffersByName.Values.Select(b => b.Tensor)))
                {
                    tensor.ConvertInPlace(dtype, device);
                }

                foreach (var (_, module) in _submodules)
                {
                    module.Convert(dtype, device);
                }
            }

            private IEnumerable<(string, T)> Below<T>(Func<Module, IEnumerable<(string, T)>> of) =>
                _submodules.SelectMany(s => of(s.Module).Select(p => ($"{s.Name}.{p.Item1}", p.Item2)));

            // Base classes first, each in order of declaration, as PyTorch's __init__ would register them.
            private IEnumerable<FieldInfo> Fields()
            {
                var types = new Stack<Type>();
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    types.Push(type);
                }

                return types.SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    .Where(f => !f.Name.Contains('<', StringComparison.Ordinal));
            }

            private void Checked(string name)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"'{name}' cannot name a component of {_name}: a name is not empty and has no dot.", nameof(name));
                }
            }
        }
    }
}
